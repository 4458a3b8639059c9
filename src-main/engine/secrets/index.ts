/**
 * Keeps secrets that have to be used again, such as passwords of integrations, sealed in the
 * database.
 *
 * Offers: `Vault`: seals a secret for one place, and opens it there alone.
 * Needs: The data folder, where its key files are, a clock and random numbers.
 * Does not touch: Tables: who seals a secret stores it. Passwords of people are hashed in
 * `identity`.
 *
 * ```ts
 * const sealed = vault.seal(password, place);
 * vault.open(sealed, place); // the password
 * ```
 */

export { SecretError } from "./secret-error.ts";
export { Vault } from "./vault.ts";
