export { SecretError } from "./secret-error.ts";
export { Vault } from "./vault.ts";
