// Makes elements; text stays text.

type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/** Makes an element: attributes by name (`true` is without a value), and `onclick` and the like as functions. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: (Node | string | undefined | false)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false && child !== ""),
  );
  return made;
}
