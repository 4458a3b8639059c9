import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
	type ActionFeedData,
	EventFeed,
} from "../../../../src-main/engine/feed/index.ts";
import {
	type Member,
	Sight,
	type TenantRef,
} from "../../../../src-main/engine/identity/access/index.ts";
import { IncidentsService } from "../../../../src-main/engine/incidents/index.ts";
import { createOutbound } from "../../../../src-main/engine/outbound/index.ts";
import type { PlaybooksPorts } from "../../../../src-main/engine/playbooks/actions/playbooks-ports.ts";
import { PlaybooksService } from "../../../../src-main/engine/playbooks/index.ts";
import {
	type CommandStore,
	openCommandStore,
} from "../../../../src-main/engine/store/index.ts";
import type { LiveChange } from "../../../../src-shared/contract/index.ts";
import type { Role } from "../../../../src-shared/domain/roles.ts";
import { testMember, testTocsin } from "../../test-member.ts";
import {
	type TestPorts,
	temporaryFolder,
	testPorts,
} from "../../test-ports.ts";
import { SmallCatalogue } from "./small-catalogue.ts";

export const acme: TenantRef = {
	key: 1,
	id: "11111111-1111-7111-8111-111111111111",
	name: "Acme",
};
export const globex: TenantRef = {
	key: 2,
	id: "22222222-2222-7222-8222-222222222222",
	name: "Globex",
};

interface Person {
	readonly name: string;
	role: Role;
	isActive: boolean;
	readonly tenant: TenantRef;
}

/** Playbooks over a real store, real incidents and a real feed; people, catalogue and clock are the test's. */
export interface PlaybooksBench {
	readonly folder: string;
	readonly ports: TestPorts;
	readonly store: CommandStore;
	readonly incidents: IncidentsService;
	readonly playbooks: PlaybooksService;
	readonly playbooksPorts: PlaybooksPorts;
	readonly catalogue: SmallCatalogue;
	readonly published: { tenant: number; change: LiveChange }[];
	readonly people: Map<string, Person>;
	readonly logged: string[];
	isFourEyes: boolean;
	/** One of the people: ada owns, grace administers, linus and ken engineer, vera views; olga owns Globex. */
	/** Anybody, as if the door had let them in: what stands behind it is tested here. */
	as(id: string): Member<"owner">;
	/** An API key that a person made. */
	key(maker?: string): Member<"engineer">;
	/** A new incident of Acme. */
	incident(playbooks?: readonly string[], key?: string): string;
	/** Texts of an incident's timeline that tell of actions. */
	story(incidentId: string): string[];
	/** What the feed says of actions. */
	feed(): ActionFeedData[];
	close(): Promise<void>;
}

export function openBench(
	options: { folder?: string; catalogue?: SmallCatalogue } = {},
): PlaybooksBench {
	const folder = options.folder ?? temporaryFolder(onTestFinished);
	const catalogue = options.catalogue ?? new SmallCatalogue();
	const logged: string[] = [];
	const ports = testPorts();
	const log = {
		...ports.log,
		error: (_: Record<string, unknown>, message: string) => {
			logged.push(message);
		},
	};
	const store = openCommandStore(join(folder, "command.db"), ports);
	const feed = new EventFeed({ store, clock: ports.clock, log });
	const published: PlaybooksBench["published"] = [];
	const publish = (tenant: number, change: LiveChange) => {
		published.push({ tenant, change });
	};
	const incidents = new IncidentsService({
		store,
		clock: ports.clock,
		random: ports.random,
		log,
		notifier: ports.notifier,
		publish,
		owners: () => [],
		linkedDrift: () => [],
		notifies: () => true,
		record: () => {},
	});
	const person = (
		name: string,
		role: Role,
		tenant: TenantRef = acme,
	): Person => ({ name, role, tenant, isActive: true });
	const people = new Map([
		["ada", person("Ada", "owner")],
		["grace", person("Grace", "admin")],
		["linus", person("Linus", "engineer")],
		["ken", person("Ken", "engineer")],
		["vera", person("Vera", "viewer")],
		["olga", person("Olga", "owner", globex)],
	]);
	const principalOf = (id: string, { name, role, tenant }: Person): Member =>
		testMember(tenant, role, { id, name, isLocalOwner: id === "ada" });
	const makers = new Map<string, string>();
	const playbooksPorts: PlaybooksPorts = {
		store,
		clock: ports.clock,
		random: ports.random,
		log,
		catalogue,
		outbound: createOutbound({
			ownPorts: () => [],
			monotonic: () => performance.now(),
		}),
		workFolder: join(folder, "playbooks", "work"),
		incident: (sight, id) => {
			const entry = incidents.entry(sight, id);
			return { ...entry, key: entry.externalKey };
		},
		recordEvent: (by, id, event) => {
			incidents.record(by, id, { kind: "action", ...event });
		},
		appendFeed: (transaction, tenantKey, event) =>
			feed.append(transaction, tenantKey, event),
		publish,
		personNow: (tenant, id) => {
			const found = people.get(id);
			return found?.isActive === true && found.tenant.key === tenant.key
				? principalOf(id, found)
				: null;
		},
		makerOfKey: (_tenant, keyId) => makers.get(keyId) ?? null,
		isFourEyes: () => bench.isFourEyes,
		tocsin: (key) => testTocsin(key === acme.key ? acme : globex),
		tenant: (key) =>
			[acme, globex].find((tenant) => tenant.key === key) ?? null,
	};
	const playbooks = new PlaybooksService(playbooksPorts);
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await playbooks.close();
		feed.close();
		store.close();
	};
	onTestFinished(close);
	const bench: PlaybooksBench = {
		folder,
		ports,
		store,
		incidents,
		playbooks,
		playbooksPorts,
		catalogue,
		published,
		people,
		logged,
		isFourEyes: false,
		as: (id) => {
			const found = people.get(id);
			if (found === undefined) throw new Error(`nobody is called ${id}`);
			return principalOf(id, found) as Member<"owner">;
		},
		key: (maker = "linus") => {
			makers.set(`key-of-${maker}`, maker);
			return testMember(acme, "engineer", {
				kind: "api",
				id: `key-of-${maker}`,
				name: "deploy bot",
			});
		},
		incident: (suggested = [], key) =>
			incidents.create(bench.as("ada"), {
				title: "Stale data",
				description: "",
				severity: 2,
				modelId: null,
				playbooks: suggested,
				...(key === undefined ? {} : { externalKey: key }),
			}).id,
		story: (incidentId) =>
			incidents
				.timeline(Sight.ofTenant(acme.key), incidentId)
				.filter(({ kind }) => kind === "action")
				.map(({ text }) => text),
		feed: () =>
			feed
				.allTenantsAfter(0, 1_000)
				.flatMap((entry) =>
					entry.type === "action.executed" ? [entry.data] : [],
				),
		close,
	};
	return bench;
}
