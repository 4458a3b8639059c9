export type { Account, AccountProject } from "./accounts/accounts.ts";
export { roleOf } from "./accounts/accounts.ts";
export { readForm } from "./accounts/registration-form.ts";
export type { ApiKeySummary } from "./api-keys.ts";
export { isApiKeyText } from "./credentials/api-key-text.ts";
export { refreshLifetimeSeconds } from "./credentials/refresh-tokens.ts";
export {
	IdentityService,
	type SignedIn,
	type TokenHolder,
	type UiSession,
} from "./identity-service.ts";
export type { Actor, Principal, TenantRef } from "./principal.ts";
export { sessionLifetimeSeconds } from "./ui-sessions.ts";
