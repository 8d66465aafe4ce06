// Fields in rows that scripts make from one template.

/**
 * Give a field of a row an id of its own, and its label with it: the row's template stands in the page once.
 * @param {HTMLElement} input @param {string} id
 */
export function named(input, id) {
  input.parentElement?.querySelector(`label[for="${input.id}"]`)?.setAttribute("for", id);
  input.id = id;
}
