export { requestLimits } from "./limits.ts";
export { ListenError } from "./listen.ts";
export { type Listeners, startListeners } from "./listeners.ts";
export { type ApiName, type RouteRow, routeName } from "./openapi/index.ts";
export { serveMessagePort } from "./rpc/index.ts";
export type { ServedEngine } from "./served-engine.ts";
