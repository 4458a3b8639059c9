export { type LiveFeed, LiveHub, type LiveHubOptions } from "./live-hub.ts";
