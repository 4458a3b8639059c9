// On a real engine and a model server on the loopback address: an admin sets it up, lets something
// leave, reads the very bytes and agrees; then it is asked from the incident. A claim that cites a
// record which was sent stands among the hypotheses as a model's, one that cites an invented record
// does not, and what it cost is what the ledger holds. Turned off, it gets no request more.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./engine-fixture.ts";
import { lookAt } from "./look-at.ts";
import { signIn, visit } from "./war-room.ts";

const sound = "The cache of the feature store was cold <b>after all</b>";
const invented = "A meteor hit the data centre";

/** Answers every question with two claims: on the first record that was sent, and on none that was. */
async function startModelServer() {
	const bodies: string[] = [];
	const keys: (string | undefined)[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8");
		request.on("data", (part: string) => {
			body += part;
		});
		request.on("end", () => {
			bodies.push(body);
			keys.push(request.headers.authorization);
			const claim = (text: string, id: string) => ({
				claim: text,
				explanation: "As the record says.",
				supporting: [id],
				contradicting: [],
			});
			const claims = [claim(sound, "E1"), claim(invented, "E999")];
			response.writeHead(200, { "content-type": "application/json" }).end(
				JSON.stringify({
					choices: [
						{
							message: { content: JSON.stringify({ claims }) },
							finish_reason: "stop",
						},
					],
					usage: { prompt_tokens: 2_000, completion_tokens: 500 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		bodies,
		keys,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

test("from nothing set to a claim in the incident, its cost, and nothing more once it is off", async ({
	demo,
	page,
}, info) => {
	test.setTimeout(120_000);
	const models = await startModelServer();
	try {
		const client = await demo.client();
		const { items } = await client.incidents.list({ limit: 50 });
		const drift = items.find(({ title }) => /led by amount/.test(title));
		const id = drift?.id ?? "";
		await client.hypotheses.generate({ incidentId: id });
		await signIn(page, demo);
		await visit(page, "#/settings/model-server");
		await expect(page.getByText(/Nothing is ever sent/).first()).toBeVisible();
		await lookAt(page, info, "unset");

		await page.getByRole("button", { name: "Set up a model server" }).click();
		const dialog = page.getByRole("dialog");
		await expect(dialog.getByLabel("Address")).toBeFocused();
		await page.keyboard.type(models.url);
		await dialog.getByLabel("Model", { exact: true }).fill("tiny-1");
		await dialog.getByLabel("Key", { exact: true }).fill("sk-a-key-of-ours");
		await dialog.getByRole("button", { name: "Save" }).click();
		await expect(dialog.getByText(/This is a private address/)).toBeVisible();
		await dialog.getByRole("checkbox", { name: /our own machines/ }).check();
		await lookAt(page, info, "form");
		await dialog.getByRole("button", { name: "Save" }).click();
		await expect(page.getByText("Stored, encrypted")).toBeVisible();

		const allowed = page.getByRole("group", { name: "What may leave" });
		for (const name of ["Title", "Models", "Figures", "Changes"]) {
			await allowed.getByRole("checkbox", { name, exact: true }).check();
		}
		await page.getByRole("button", { name: "Save what may leave" }).click();
		await page.getByLabel("Sent, $").fill("3");
		await page.getByLabel("Answered, $").fill("15");
		await page.getByRole("button", { name: "Set price" }).click();
		await expect(page.getByRole("row", { name: /tiny-1/ })).toContainText(
			"$15",
		);

		await visit(page, `#/incident/${id}/hypotheses`);
		await page.getByRole("link", { name: /^See what a model/ }).click();
		const shown = page.getByRole("region", { name: "What would be sent" });
		await expect(shown).toContainText("tiny-1");
		const bytes = await shown.locator("pre").textContent();
		const preview = await client.assistant.preview({ incidentId: id });
		expect(bytes).toBe(preview.body);
		await expect(page.getByText(preview.hash)).toBeVisible();
		await lookAt(page, info, "bytes");
		expect(models.bodies).toEqual([]);
		const agree = page.getByRole("button", { name: "I agree to send this" });
		await expect(agree).toBeDisabled();
		await page.getByRole("checkbox", { name: /I have read/ }).check();
		await agree.click();
		const send = page.getByRole("button", { name: "Test: send this now" });
		await expect(send).toBeVisible();
		expect(models.bodies).toEqual([]);

		await page.getByRole("link", { name: "Open the incident" }).click();
		await page.getByRole("button", { name: "Ask the model" }).click();
		const claimed = page.getByRole("button", { name: /^Rank/ }).filter({
			hasText: sound,
		});
		await expect(claimed).toContainText("Claimed by a model server");
		await expect(page.getByText(invented)).toHaveCount(0);
		// It was sent what was shown, with its key, and nothing else.
		expect(models.bodies).toEqual([bytes]);
		expect(models.keys).toEqual(["Bearer sk-a-key-of-ours"]);
		await claimed.click();
		await lookAt(page, info, "claimed");

		// On one's own machine it costs nothing, whatever its price is.
		const usage = await client.analytics.ofIncident({ incidentId: id });
		expect(usage.total).toMatchObject({
			requests: 1,
			inputTokens: 2_000,
			outputTokens: 500,
			microDollars: 0,
		});
		await visit(page, "#/analytics?days=90");
		const row = page.getByRole("row", { name: /tiny-1/ });
		await expect(row.getByRole("cell")).toHaveText(["1", "2,000", "500", "$0"]);
		await lookAt(page, info, "cost");

		await visit(page, `#/settings/model-server?incident=${id}`);
		await expect(page.getByText(/to tiny-1: answered/)).toBeVisible();
		await lookAt(page, info, "ready");
		await page.getByRole("button", { name: "Turn off" }).click();
		await expect(send).toHaveCount(0);
		await expect(
			page.getByText("It is turned off. Nothing is sent.").first(),
		).toBeVisible();
		await expect(
			client.assistant.consult({ incidentId: id }),
		).rejects.toMatchObject({ code: "CONFLICT" });
		await visit(page, `#/incident/${id}/hypotheses`);
		await expect(claimed).toBeVisible();
		await expect(
			page.getByRole("button", { name: "Ask the model" }),
		).toHaveCount(0);
		await page.getByRole("button", { name: /Look again/ }).click();
		expect(models.bodies).toHaveLength(1);
	} finally {
		models.close();
	}
});
