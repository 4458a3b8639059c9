/** In characters: a description, a note, a reason. */
export const longestRemark = 2_000;

/** In characters: what happened, told at length. */
export const longestProse = 20_000;

/** In characters: an address. */
export const longestUrl = 2_000;

/** In characters: the part of an address that names a project. */
export const longestSlug = 60;

/** In characters: an address of e-mail. */
export const longestEmail = 254;

/** In characters. */
export const shortestPassword = 8;
export const longestPassword = 1_000;
