export type { Account } from "./accounts/accounts.ts";
export type { ApiKeySummary } from "./api-keys.ts";
export { isApiKeyText } from "./credentials/api-key-text.ts";
export { refreshLifetimeSeconds } from "./credentials/refresh-tokens.ts";
export { IdentityService } from "./identity-service.ts";
export type { Principal, TenantRef } from "./principal.ts";
export type { SignedIn, TokenHolder, UiSession } from "./signed-in.ts";
export { sessionLifetimeSeconds } from "./ui-sessions.ts";
