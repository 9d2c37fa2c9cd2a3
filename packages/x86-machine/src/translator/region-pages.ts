// Where a region lies: a few pages, at any distance from one another that a direct jump can go.
//
//   offset   distance from the first byte of the page that the region is explored from, either way
//   page     its number is its distance from that page, in pages
//
// Distances between the pages of an image are the same wherever it is mapped, so a region is good there if the physical pages are.

const PAGE = 4096;

/** Physical addresses of the pages that a region has something in, by their numbers. */
export type RegionPages = ReadonlyMap<number, number>;

/** The number of the page that an offset is in. Offsets are less than 2 GiB from 0. */
export const pageOf = (offset: number): number => offset >> 12;

/** How far an offset is behind the start of its page. */
export const placeInPage = (offset: number): number => offset & (PAGE - 1);

/** The offset at which a page starts. */
export const startOfPage = (page: number): number => page * PAGE;

export const physicalOf = (pages: RegionPages, offset: number): number =>
  pages.get(pageOf(offset))! + placeInPage(offset);

export const spansPages = (pages: RegionPages): boolean => pages.size > 1;
