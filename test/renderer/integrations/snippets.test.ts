// What is pasted into the other system names the right address and the secret, and is of the shape
// that the engine reads.
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
	secretPlace,
	snippetsOf,
} from "../../../src-renderer/features/integrations/integration-snippets.ts";
import { integrationTypes } from "../../../src-shared/contract/index.ts";

const origin = "http://127.0.0.1:8000";
const to = (
	type: (typeof integrationTypes)[number],
	secret: string | null,
) => ({
	type,
	origin,
	path: `/api/v1/webhooks/${type}/n1`,
	secret,
});

test.each(integrationTypes)("%s", (type) => {
	const snippets = snippetsOf(to(type, "s3cret"));
	expect(snippets.length).toBeGreaterThan(0);
	for (const { code } of snippets) {
		expect(code).toContain("s3cret");
		expect(code).toContain("127.0.0.1:8000");
		expect(code).not.toContain(secretPlace);
	}
	for (const { code } of snippetsOf(to(type, null))) {
		expect(code).toContain(secretPlace);
	}
});

test("what is read as YAML is what Alertmanager and Grafana ask for", () => {
	const [alertmanager] = snippetsOf(to("alertmanager", "s"));
	expect(parse(alertmanager?.code ?? "").receivers).toEqual([
		{
			name: "tocsin",
			webhook_configs: [
				{
					url: `${origin}/api/v1/webhooks/alertmanager/n1`,
					send_resolved: true,
					http_config: { authorization: { type: "Bearer", credentials: "s" } },
				},
			],
		},
	]);
	const [grafana] = snippetsOf(to("grafana", "s"));
	expect(
		parse(grafana?.code ?? "").contactPoints[0].receivers[0],
	).toMatchObject({
		type: "webhook",
		settings: { authorization_credentials: "s" },
	});
});
