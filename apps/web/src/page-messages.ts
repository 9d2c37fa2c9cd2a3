// What a page and the Worker of its system say to one another.
//
//   page ── typed, size ──▶ Worker         the terminal is the page's, everything behind it the Worker's
//   page ◀── output, status ── Worker
//   page ── shown ──▶ Worker               how much of the output the terminal has taken: the system waits for it

/** From the page. */
export type FromPage =
  | { readonly kind: 'start'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'typed'; readonly data: string }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'shown'; readonly characters: number };

/** From the Worker. */
export type FromSystem =
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'status'; readonly text: string };
