// Whatever breaks a stream, a reader that comes back with the id of the last event it has
// gets every event, once, in order: when its socket is cut at random moments while events
// flow, and when the engine is closed and opened again on the same folder.
import { expect, onTestFinished, test } from "vitest";
import { EventReader } from "./event-reader.ts";
import {
	alice,
	type OpenInterventions,
	openInterventions,
	type Person,
	personOf,
} from "./open-interventions.ts";

/** A client that comes back for as long as it is wanted, as EventSource does. */
class ComingBack {
	readonly ids: unknown[] = [];
	resyncs = 0;
	connections = 0;
	current: EventReader | null = null;
	#lastEventId: string | null = null;
	#isWanted = true;

	constructor(url: () => string, headers: () => Record<string, string>) {
		void this.#run(url, headers);
	}

	stop(): void {
		this.#isWanted = false;
		this.current?.destroy();
	}

	async #run(
		url: () => string,
		headers: () => Record<string, string>,
	): Promise<void> {
		while (this.#isWanted) {
			const reader = await EventReader.open(url(), {
				...headers(),
				...(this.#lastEventId === null
					? {}
					: { "last-event-id": this.#lastEventId }),
			}).catch(() => null);
			if (reader === null) {
				await new Promise((resolve) => setTimeout(resolve, 5));
				continue;
			}
			this.connections++;
			this.current = reader;
			while (!reader.isOver && this.#isWanted) {
				await new Promise((resolve) => setImmediate(resolve));
			}
			// A block that arrived in part counts for nothing, as in a browser.
			for (const { event, data } of reader.events) {
				if (event === "incident_created") this.ids.push(data.id);
				if (event === "resync") this.resyncs++;
			}
			if (reader.lastEventId !== "") this.#lastEventId = reader.lastEventId;
		}
		this.current = null;
	}
}

async function signInAgain({ engine }: OpenInterventions): Promise<Person> {
	const { accessToken } = await engine.identity.login(
		alice.email,
		alice.password,
		3_600,
	);
	return await personOf(engine, accessToken);
}

test("50 forced disconnects while events flow: none lost, none twice, order kept", async () => {
	const opened = await openInterventions();
	const owner = await opened.signUp(alice);
	const client = new ComingBack(
		() => `${opened.base}/sse/events`,
		() => owner.authorized,
	);
	onTestFinished(() => client.stop());
	await expect.poll(() => client.current?.events.length).toBe(1);
	const numbers: number[] = [];
	let cuts = 0;
	while (cuts < 50) {
		numbers.push(
			...opened.openIncidents(
				owner.principal,
				1 + Math.floor(Math.random() * 4),
			),
		);
		await new Promise((resolve) =>
			Math.random() < 0.5
				? setImmediate(resolve)
				: setTimeout(resolve, Math.random() * 6),
		);
		const { current } = client;
		if (current !== null && !current.isOver && Math.random() < 0.3) {
			const { connections } = client;
			current.destroy();
			cuts++;
			// Events go on while it is away.
			while (client.connections === connections) {
				numbers.push(...opened.openIncidents(owner.principal));
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
	}
	numbers.push(...opened.openIncidents(owner.principal, 3));
	await expect
		.poll(() => client.current?.of("incident_created").at(-1)?.id)
		.toBe(numbers.at(-1));
	client.stop();
	await expect.poll(() => client.current).toBe(null);
	console.log(
		`${cuts} cuts, ${client.connections} connections, ${numbers.length} events`,
	);
	expect(client.connections).toBe(51);
	expect(client.resyncs).toBe(0);
	expect(client.ids).toEqual(numbers);
});

test("an engine that is closed and opened again on the same folder goes on where it was", async () => {
	let opened = await openInterventions();
	let owner: Person = await opened.signUp(alice);
	let isUp = true;
	const client = new ComingBack(
		() => (isUp ? `${opened.base}/sse/events` : "http://127.0.0.1:1"),
		() => owner.authorized,
	);
	onTestFinished(() => client.stop());
	await expect.poll(() => client.current?.events.length).toBe(1);
	const numbers: number[] = [];
	for (let restarts = 0; restarts < 3; restarts++) {
		numbers.push(...opened.openIncidents(owner.principal, 20));
		isUp = false;
		opened = await opened.restart();
		owner = await signInAgain(opened);
		// Before anybody listens again.
		numbers.push(...opened.openIncidents(owner.principal, 20));
		isUp = true;
	}
	await expect
		.poll(() => client.current?.of("incident_created").at(-1)?.id)
		.toBe(numbers.at(-1));
	client.stop();
	await expect.poll(() => client.current).toBe(null);
	expect(client.resyncs).toBe(0);
	expect(client.ids).toEqual(numbers);
});
