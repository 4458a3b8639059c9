/**
 * Tells open windows of a tenant that something changed, so that they show it.
 *
 * Offers: `LiveHub`: publishing without waiting, and a feed for each window that merges what
 * it has yet to be told. `CoalescedChanges`: makes one change of many.
 * Needs: Nothing.
 * Does not touch: The store: nothing here is kept, and a window that was away asks what it
 * missed.
 *
 * ```ts
 * live.publish(tenantKey, { kind: "jobs", jobIds });
 * for await (const change of live.subscribe(tenantKey, signal)) show(change);
 * ```
 */

export { CoalescedChanges } from "./coalesced-changes.ts";
export { LiveHub } from "./live-hub.ts";
