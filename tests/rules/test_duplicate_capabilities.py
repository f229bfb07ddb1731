"""Rule 706: which capabilities read alike, with `//! CXC706` where that is found; other rules are left out."""

from __future__ import annotations

import pytest

from findings import assert_rule_finds_what_it_says

TWICE = {
    "titles that read alike": """
package a
capability A "Payment handling"
capability B "Payments handling" //! CXC706
capability C "PAYMENT-HANDLING" //! CXC706
capability D "Ｐayment\u00a0handling" //! CXC706
capability E "Bills & receipts"
capability F "Bill and receipts" //! CXC706
capability G "Bills or receipts"
""",
    "a name stands for a title": """
package a
capability CardHandling
capability Cards "Card handling" //! CXC706
capability CardHandled
""",
    "words that only look like plurals": """
package a
capability A "Address"
capability B "Addres"
capability C "Status"
capability D "Statu"
capability E "Gas"
capability F "Ga"
capability G "Analysis"
capability H "Analysi"
""",
    "titles in other scripts, and without letters": """
package a
capability A "支払い"
capability B "支払い。" //! CXC706
capability C "支払"
capability D "कर"
capability E "कार"
capability F "…"
capability G "?!"
""",
    "a part may be called like the whole, and two parts of two wholes not": """
package a
capability Cards "Cards" { capability Card "Card" { capability OneCard "Card" } }
capability Shops { capability InShops "Selling" }
capability Web { capability OnTheWeb "Selling" } //! CXC706
capability Selling { capability Sales "Selling" } //! CXC706 CXC706
""",
    "references": """
package a
capability A { ref APQC "4.1" }
capability B { ref apqc "4.1" } //! CXC706
capability C { ref BIAN "4.1" }
capability D { ref APQC "4.10" }
capability E { ref APQC "4.2"; ref APQC "4.3" }
capability F { ref BIAN "x"; ref APQC "4.3" } //! CXC706
capability G { ref APQC }
capability H { ref APQC }
capability I { ref }
capability J { ref "5" }
capability K { ref 5 "4.1" }
capability Whole { ref APQC "5"; capability Part { ref APQC "5" } }
""",
    "one finding for two signs": """
package a
capability A "Cards" { ref APQC "4.1" }
capability B "Card" { ref APQC "4.1" } //! CXC706
""",
    "what is deprecated stands beside what replaces it": """
package a
capability A "Cards" { deprecated "use B" }
capability B "Cards"
capability C "Cards" { deprecated "use B" }
""",
    "across packages": """
// file: one.blueprint
package a
capability Cards
// file: two.blueprint
package b
capability Cards //! CXC706
""".lstrip(),
}


@pytest.mark.parametrize("design", TWICE.values(), ids=TWICE)
def test_capabilities_that_are_one(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC706")
