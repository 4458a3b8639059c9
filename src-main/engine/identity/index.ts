/**
 * Who people and programs are, and what they may: tenants, projects, members, keys, tokens and
 * sessions.
 *
 * Offers: `IdentityService`: registration, signing in, and turning each kind of credential
 * into who asks, which every other module takes.
 * Needs: The command store, a clock, random numbers and a data folder for the signing keys.
 * Does not touch: HTTP: cookies and headers are of the listeners. No other module decides who
 * somebody is.
 *
 * ```ts
 * const principal = identity.authenticateApiKey(key);
 * if (principal === null) throw new EngineError("UNAUTHORIZED");
 * ```
 */

export type { Account } from "./accounts/accounts.ts";
export type { ApiKeySummary } from "./api-keys.ts";
export { isApiKeyText } from "./credentials/api-key-text.ts";
export { refreshLifetimeSeconds } from "./credentials/refresh-tokens.ts";
export { IdentityService } from "./identity-service.ts";
export type { Principal, TenantRef } from "./principal.ts";
export type { SignedIn, TokenHolder, UiSession } from "./signed-in.ts";
export { sessionLifetimeSeconds } from "./ui-sessions.ts";
