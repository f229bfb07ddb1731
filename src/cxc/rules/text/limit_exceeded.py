"""A file that is larger, or nested deeper, than the compiler reads.

What:
    A blueprint file may hold 5 MiB of text, and 64 levels of braces or brackets inside each other;
    capabilities nest to three levels.

Why:
    A design that people are to read together has no file of that size; what does is nearly always a file that
    got its name by mistake, or the work of a program. The limit keeps a build from hanging on it. And a
    capability map with more than three levels is a list of tasks: nobody can see from it any more what the
    organisation is able to do.

Fix:
    Divide the file by package or by journey: the files of one package see each other's names. For deep
    nesting, give the inner part a name and refer to it. Put a capability of the fourth level one level up, or
    say with `process` how the one above it is done.

Limits:
    A file over the limit is not read at all, so nothing else in it is reported.

References:
    Ulrich, W. and Rosen, M.: The business capability map: the “Rosetta stone” of business/IT alignment.
    Cutter Consortium, 2011.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC109", "limit-exceeded", Severity.ERROR)

BAD = """
package northwind.capabilities

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Fulfilment {
  capability RefillManagement {
    capability RefillApproval {
      capability InteractionCheck { people PharmacyTeam; process "Interaction check"; system PharmacyCore }
    }
  }
}

service Refills {
  owner PharmacyTeam
  realizes RefillApproval
}
"""

GOOD = """
package northwind.capabilities

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Fulfilment {
  capability RefillManagement {
    capability RefillApproval { people PharmacyTeam; process "Interaction check"; system PharmacyCore }
  }
}

service Refills {
  owner PharmacyTeam
  realizes RefillApproval
}
"""
