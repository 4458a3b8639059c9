export { CoalescedChanges } from "./coalesced-changes.ts";
export { type LiveFeed, LiveHub, type LiveHubOptions } from "./live-hub.ts";
