export {
	principalOf,
	requireAccessToken,
	requireApiKey,
} from "./credentials.ts";
export { requestLimits } from "./limits.ts";
export { ListenError } from "./listen.ts";
export { type Listeners, startListeners } from "./listeners.ts";
export type { ApiName, RouteRow } from "./openapi/index.ts";
export { serveMessagePort } from "./rpc/index.ts";
export type { ServedEngine } from "./served-engine.ts";
