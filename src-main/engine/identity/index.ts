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
 * const member = identity.authenticateApiKey(key);
 * const project = member?.in(projectId).needs("admin"); // throws FORBIDDEN, NOT_FOUND, CONFLICT
 * ```
 */

export {
	enter,
	type Granted,
	type InProject,
	type Member,
	type Principal,
	Sight,
} from "./access/index.ts";
export type { Account } from "./accounts/accounts.ts";
export type { ApiKeySummary } from "./api-keys.ts";
export { isApiKeyText } from "./credentials/api-key-text.ts";
export { refreshLifetimeSeconds } from "./credentials/refresh-tokens.ts";
export { IdentityService } from "./identity-service.ts";
export type { SignedIn, TokenHolder, UiSession } from "./signed-in.ts";
export { sessionLifetimeSeconds } from "./ui-sessions.ts";
