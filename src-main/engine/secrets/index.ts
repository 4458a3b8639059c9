export { SecretError, type SecretErrorCode } from "./secret-error.ts";
export { type SecretPlace, Vault } from "./vault.ts";
