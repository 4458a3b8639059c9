// A webhook is set up by a person in the settings and then tells a real receiver, signed
// with the secret that was shown, of what happens; the log shows it as it happens. All of
// it by keyboard, in both colour schemes, without anything scrolling sideways.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { expect, test } from "./engine-fixture.ts";
import { lookAt } from "./look-at.ts";
import { openIncidents, signIn, visit } from "./war-room.ts";

interface Request {
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

async function startReceiver() {
	const requests: Request[] = [];
	let status = 204;
	const server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8");
		request.on("data", (part: string) => {
			body += part;
		});
		request.on("end", () => {
			requests.push({ headers: request.headers, body });
			response.writeHead(status).end(status === 204 ? "" : "<b>not now</b>");
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		requests,
		answerWith: (next: number) => {
			status = next;
		},
		close: () => server.close(),
	};
}

test("from an empty list to a verified delivery and its log", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	const receiver = await startReceiver();
	try {
		await signIn(page, engine);
		await visit(page, "#/settings/webhooks");
		await expect(page.getByText(/tells another system/)).toBeVisible();
		await lookAt(page, info, "webhooks-empty");

		await page.getByRole("button", { name: "Add a webhook" }).focus();
		await page.keyboard.press("Enter");
		const dialog = page.getByRole("dialog");
		await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
		await page.keyboard.type("Pager");
		await page.keyboard.press("Tab");
		await page.keyboard.type(receiver.url);
		await page.keyboard.press("Enter");
		await expect(dialog.getByRole("alert")).toContainText("is this machine");
		await dialog.getByRole("checkbox", { name: "Everything" }).click();
		await lookAt(page, info, "webhooks-form");
		await dialog.getByRole("checkbox", { name: "Everything" }).click();
		await dialog.getByRole("checkbox", { name: "Allow a private" }).focus();
		await page.keyboard.press("Space");
		await page.keyboard.press("Enter");
		await expect(dialog).toContainText("Keep this secret");
		const secret = await dialog.getByText(/^whsec_/).textContent();
		await lookAt(page, info, "webhooks-secret");
		await dialog.getByRole("button", { name: "I have kept it" }).click();
		await expect(page.getByRole("heading", { name: "Pager" })).toBeVisible();

		await page.getByRole("button", { name: "Send a test" }).click();
		await expect(page.getByRole("dialog")).toContainText("took the test");
		await lookAt(page, info, "webhooks-test");
		await page.keyboard.press("Escape");

		await openIncidents(await engine.client(), ["Checkout is slow"], 1);
		await expect(page.getByRole("row", { name: /Opened/ })).toContainText(
			"Delivered",
		);
		expect(receiver.requests).toHaveLength(2);
		for (const { headers, body } of receiver.requests) {
			const verifier = new Webhook(secret ?? "");
			verifier.verify(body, headers as Record<string, string>);
		}
		expect(JSON.parse(receiver.requests[1]?.body ?? "{}")).toMatchObject({
			type: "incident.created",
			data: { title: "Checkout is slow", severity_name: "critical" },
		});

		receiver.answerWith(500);
		await openIncidents(await engine.client(), ["Search is down"], 2);
		const failed = page.getByRole("row", { name: /Waiting/ });
		await expect(failed).toContainText("500 in");
		const toggle = failed.getByRole("button");
		await toggle.focus();
		await page.keyboard.press("Enter");
		await expect(page.getByText("<b>not now</b>")).toBeVisible();
		await lookAt(page, info, "webhooks-log");
		receiver.answerWith(204);
		await page.getByRole("button", { name: "Send now" }).click();
		await expect(page.getByRole("row", { name: /Waiting/ })).toHaveCount(0);

		await visit(page, "#/settings/webhooks");
		await expect(page.getByRole("row", { name: /Pager/ })).toContainText("On");
		await page.getByText("What a receiver gets").click();
		await lookAt(page, info, "webhooks-list");
	} finally {
		receiver.close();
	}
});
