import { expect } from "@playwright/test";
import type { RunningEngine } from "./engine-process.ts";

export interface Webhook {
	readonly url: string;
	readonly secret: string;
}

/** An integration of any system, as another window would make it. */
export async function connect(
	engine: RunningEngine,
	name: string,
): Promise<Webhook> {
	const client = await engine.client();
	const [project] = await client.projects.list();
	const made = await client.integrations.create({
		projectId: project?.id ?? "",
		type: "generic",
		name,
	});
	return {
		url: new URL(made.webhookPath, engine.api).href,
		secret: made.webhookSecret,
	};
}

/** Sends alerts as that system would; they are stored when this resolves. */
export async function send(
	{ url, secret }: Webhook,
	body: unknown,
): Promise<void> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "content-type": "application/json", "x-webhook-secret": secret },
		body: JSON.stringify(body),
	});
	expect(response.status).toBe(202);
}
