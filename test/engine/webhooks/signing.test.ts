// A delivery is signed exactly as Standard Webhooks prescribes: the published example comes
// out to the letter, and the specification's own library accepts what we send.

import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import {
	makeSecret,
	signedHeaders,
} from "../../../src-main/engine/webhooks/signing.ts";
import { testPorts } from "../test-ports.ts";
import { listenForWebhooks, openWebhooks } from "./open-webhooks.ts";

test("the published example", () => {
	expect(
		signedHeaders(
			"msg_p5jXN8AQM9LWM0D4loKWxJek",
			1_614_265_330_000,
			'{"test": 2432232314}',
			["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
		),
	).toEqual({
		"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
		"webhook-timestamp": "1614265330",
		"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
	});
});

test("a secret is 32 random bytes, as the specification asks for 24 to 64", () => {
	const secret = makeSecret(testPorts().random);
	expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
	expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
	expect(makeSecret(testPorts().random)).not.toBe(secret);
});

test("the specification's library verifies what is sent, and nothing that was changed", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, happens, subscribe } = openWebhooks();
	const { secret } = await subscribe(receiver.url);
	happens({ title: "Zahlungsverzug – 支払い遅延 💥 <b>&quot;" });
	await webhooks.settle();
	const [request] = receiver.received;
	if (request === undefined) throw new Error("nothing arrived");
	const headers = request.headers as Record<string, string>;
	const verify = (body: string, changed: Record<string, string> = {}) =>
		new Webhook(secret).verify(body, { ...headers, ...changed });
	expect(verify(request.body)).toMatchObject({
		type: "incident.created",
		data: { title: "Zahlungsverzug – 支払い遅延 💥 <b>&quot;" },
	});
	expect(() => verify(`${request.body} `)).toThrow("No matching signature");
	expect(() => verify(request.body, { "webhook-id": "msg_2" })).toThrow();
	expect(() => verify(request.body, { "webhook-timestamp": "1" })).toThrow();
	const other = new Webhook(makeSecret(testPorts().random));
	expect(() => other.verify(request.body, headers)).toThrow();
});

test("while a secret is changed both sign, the newest first", () => {
	const [fresh, old] = [0, 1].map(() => makeSecret(testPorts().random));
	const signed = (secrets: readonly string[]) =>
		signedHeaders("msg_1", 1_614_265_330_000, "{}", secrets)[
			"webhook-signature"
		];
	expect(signed([fresh ?? "", old ?? ""])).toBe(
		`${signed([fresh ?? ""])} ${signed([old ?? ""])}`,
	);
});
