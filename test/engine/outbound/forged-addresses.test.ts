// No spelling of an address and no trick of a name server or a receiver makes the engine
// call itself, its networks or a cloud's metadata service: nothing even connects.
import { afterEach, expect, test } from "vitest";
import { failureOf, listen, outboundFor, type Receiver } from "./receiver.ts";

const open: Receiver[] = [];
afterEach(async () => {
	for (const receiver of open.splice(0)) await receiver.close();
});

async function victim(): Promise<Receiver> {
	const receiver = await listen((_request, response) => response.end("secret"));
	open.push(receiver);
	return receiver;
}

test.each([
	"127.0.0.1",
	"127.1",
	"0",
	"0.0.0.0",
	"2130706433",
	"0x7f.1",
	"0x7f000001",
	"0177.0.0.1",
	"017700000001",
	"127.0.0.1.",
	"[::1]",
	"[::]",
	"[::ffff:7f00:1]",
	"[::ffff:127.0.0.1]",
	"[::7f00:1]",
	"[64:ff9b::7f00:1]",
	"[2002:7f00:1::]",
	"①②⑦.0.0.1",
	"127。0。0。1",
	"localhost",
	"LOCALHOST.",
	"inside.test",
	"both.test",
])("%s reaches nobody", async (host) => {
	const receiver = await victim();
	const { get } = outboundFor({
		localhost: ["127.0.0.1"],
		"inside.test": ["127.0.0.1"],
		"both.test": ["1.1.1.1", "127.0.0.1"],
	});
	const failure = await failureOf(get(`http://${host}:${receiver.port}/`));
	expect(failure.code).toBe("REFUSED_ADDRESS");
	expect(receiver.connections()).toBe(0);
});

test.each([
	"169.254.169.254",
	"2852039166",
	"0xa9fea9fe",
	"0xa9.0xfe.0xa9.0xfe",
	"0251.0376.0251.0376",
	"169.16689662",
	"[::ffff:a9fe:a9fe]",
	"[::ffff:169.254.169.254]",
	"[64:ff9b::a9fe:a9fe]",
	"[fd00:ec2::254]",
	"metadata.test",
])("%s is refused even where private addresses are allowed", async (host) => {
	const { get } = outboundFor({ "metadata.test": ["169.254.169.254"] });
	const url = `http://${host}/latest/meta-data/`;
	const failure = await failureOf(get(url, { allowPrivate: true }));
	expect(failure.code).toBe("REFUSED_ADDRESS");
	expect(failure.message).toContain("never");
});

test.each([
	"gopher://127.0.0.1:70/_GET",
	"file:///etc/passwd",
	"ftp://example.org/",
	"ws://example.org/",
	"javascript:alert(1)",
	"data:text/plain,x",
	"//example.org/",
	"example.org",
	"http://",
	"http://[::1",
	"http://256.256.256.256/",
	"http://user@example.org/",
	"http://user:hunter2@example.org/",
	"http://example.org@127.0.0.1/",
	"http://example.org:70000/",
	"http://example.org:0/",
	"http://exa mple.org/",
	"http://example.org/\r\nX-Injected: 1",
	" http://example.org/",
	"http://example.org/\u0000",
	`http://example.org/${"a".repeat(2_000)}`,
])("%s is no address to call", async (url) => {
	const { get, lookups } = outboundFor();
	const failure = await failureOf(get(url, { allowPrivate: true }));
	expect(failure.code).toBe("BAD_URL");
	expect(failure.message).not.toContain("hunter2");
	expect(lookups).toEqual([]);
});

test("a name is looked up once, and what was checked is what is connected to", async () => {
	const receiver = await victim();
	const answers = [["127.0.0.1"], ["169.254.169.254"]];
	let lookups = 0;
	const { get } = outboundFor(
		{},
		{
			resolve: async () => answers[lookups++] ?? [],
		},
	);
	const url = `http://rebinding.test:${receiver.port}/a`;
	const answer = await get(url, { allowPrivate: true });
	expect(answer.body.toString()).toBe("secret");
	expect(lookups).toBe(1);
	// The next request looks it up again, and finds out.
	const failure = await failureOf(get(url, { allowPrivate: true }));
	expect(failure.code).toBe("REFUSED_ADDRESS");
});

test("a name that was public when it was checked and is private when it is called is refused", async () => {
	const receiver = await victim();
	const answers = [["1.1.1.1"], ["127.0.0.1"]];
	const { outbound, get } = outboundFor(
		{},
		{
			resolve: async () => answers.shift() ?? [],
		},
	);
	const url = `http://rebinding.test:${receiver.port}/`;
	await outbound.check(url, { allowPrivate: false });
	expect((await failureOf(get(url))).code).toBe("REFUSED_ADDRESS");
	expect(receiver.connections()).toBe(0);
});

test("a redirect is an answer and leads nowhere", async () => {
	const inner = await victim();
	const outer = await listen((_request, response) => {
		response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` });
		response.end();
	});
	open.push(outer);
	const { get } = outboundFor();
	const url = `http://127.0.0.1:${outer.port}/`;
	const answer = await get(url, { allowPrivate: true });
	expect(answer.status).toBe(302);
	expect(inner.connections()).toBe(0);
});

test("the engine never calls its own listeners, by whatever address", async () => {
	const receiver = await victim();
	const { get } = outboundFor(
		{ "own.test": ["192.168.7.7"], "mapped.test": ["::ffff:192.168.7.7"] },
		{
			ownPorts: () => [receiver.port],
			localAddresses: () => ["192.168.7.7"],
		},
	);
	for (const host of [
		"127.0.0.1",
		"[::1]",
		"127.9.9.9",
		"own.test",
		"mapped.test",
	]) {
		const url = `http://${host}:${receiver.port}/`;
		const failure = await failureOf(get(url, { allowPrivate: true }));
		expect(failure).toMatchObject({ code: "REFUSED_ADDRESS" });
		expect(failure.message).toContain("Tocsin itself");
	}
	expect(receiver.connections()).toBe(0);
});

test.each([
	["search.test:PORT", true],
	["search.test", true],
	["SEARCH.TEST", true],
	["search.test:1", false],
	["other.test", false],
	["search.test.evil.test", false],
	["est", false],
	["", false],
])(
	"a list of allowed hosts with %j lets search.test through: %s",
	async (entry, isAllowed) => {
		const receiver = await victim();
		const { get } = outboundFor({ "search.test": ["127.0.0.1"] });
		const url = `http://search.test:${receiver.port}/`;
		const allowedHosts = [entry.replace("PORT", String(receiver.port))];
		const request = get(url, { allowPrivate: true, allowedHosts });
		if (isAllowed) expect((await request).status).toBe(200);
		else expect((await failureOf(request)).code).toBe("REFUSED_ADDRESS");
	},
);
