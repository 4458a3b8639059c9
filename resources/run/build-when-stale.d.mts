export function buildWhenStale(): Promise<void>;
