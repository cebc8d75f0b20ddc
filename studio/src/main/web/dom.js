// Small helpers to make elements; text is always text, never markup.

/** An element with attributes (on… are listeners) and children (strings are text). */
export function h(tag, attributes = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, v] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      el.addEventListener(name.slice(2), v);
    } else if (v !== false && v != null) {
      el.setAttribute(name, v === true ? '' : v);
    }
  }
  el.append(...children.flat().filter(c => c != null && c !== false));
  return el;
}

/** The same for pictures. */
export function s(tag, attributes = {}, ...children) {
  const el = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, v] of Object.entries(attributes)) {
    if (v != null && v !== false) {
      el.setAttribute(name, v);
    }
  }
  el.append(...children.flat().filter(c => c != null && c !== false));
  return el;
}
