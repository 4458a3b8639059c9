/**
 * Files that a browser sent to be imported, until they are.
 *
 * Offers: `UploadRegistry`: receives a file for who sends it, finds it again for them alone,
 * and tidies up.
 * Needs: A folder, a clock and random numbers.
 * Does not touch: What is in a file: imports read it.
 *
 * ```ts
 * const { id } = await uploads.receive(stream, name, principal);
 * uploads.resolve(id, principal);
 * ```
 */

export { UploadRegistry } from "./upload-registry.ts";
