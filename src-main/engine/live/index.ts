export { CoalescedChanges } from "./coalesced-changes.ts";
export { LiveHub } from "./live-hub.ts";
