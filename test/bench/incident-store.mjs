import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mulberry32 } from "../../src-main/engine/drift/statistics/index.ts";
import { IdentityService } from "../../src-main/engine/identity/index.ts";
import { IncidentsService } from "../../src-main/engine/incidents/index.ts";
import { openCommandStore } from "../../src-main/engine/store/index.ts";
import { commandMigrations } from "../../src-main/engine/store/migrations/index.ts";
import {
	silentNotifier,
	systemClock,
	systemRandom,
} from "../../src-main/entry/real-ports.ts";

const cache = join(
	import.meta.dirname,
	"../../node_modules/.cache/tocsin-bench",
);
const perTransaction = 2_000;
const areas = [
	"Score drift",
	"Latency",
	"Nulls",
	"Labels late",
	"Scoring errors",
];
const features = [
	"amount",
	"age",
	"country",
	"device_trust",
	"account_age_days",
];
const teams = ["card", "login", "churn", "claims", "ranking", "pricing"];

/**
 * A data folder with `count` open incidents, written through the engine's own services, a third
 * of them acknowledged. Made once and kept under node_modules/.cache; a change of the schema
 * makes another.
 */
export function incidentFolder(count) {
	const folder = join(cache, `incidents-${count}-${commandMigrations.length}`);
	if (existsSync(folder)) return folder;
	const partial = `${folder}.partial`;
	rmSync(partial, { recursive: true, force: true });
	mkdirSync(partial, { recursive: true });
	fill(partial, count);
	renameSync(partial, folder);
	return folder;
}

function fill(folder, count) {
	const silent = () => {};
	const log = { debug: silent, info: silent, warn: silent, error: silent };
	const ports = { clock: systemClock, random: systemRandom, log };
	const store = openCommandStore(join(folder, "command.db"), ports);
	const identity = new IdentityService(store, ports, {
		dataDirectory: folder,
		allowRegistration: true,
		membersChanged: silent,
	});
	const incidents = new IncidentsService({
		...ports,
		store,
		notifier: silentNotifier,
		publish: silent,
		owners: () => [],
		linkedDrift: () => [],
		notifies: () => true,
		record: () => {},
	});
	const by = identity.localPrincipal();
	const random = mulberry32(7);
	const one = (list) => list[Math.floor(random() * list.length)];
	for (let made = 0; made < count; made += perTransaction) {
		store.work.run(() => {
			const toAcknowledge = [];
			for (let at = made; at < Math.min(count, made + perTransaction); at++) {
				// One open incident for each model and severity: five of every model.
				const modelId = `${teams[Math.floor(at / 5) % teams.length]}-model-${Math.floor(at / 5)}`;
				const { id } = incidents.create(by, {
					title: `${one(areas)} of ${one(features)} in ${modelId}`,
					description: "",
					severity: (at % 5) + 1,
					modelId,
				});
				if (random() < 1 / 3) toAcknowledge.push(id);
			}
			while (toAcknowledge.length > 0) {
				incidents.act(by, toAcknowledge.splice(0, 500), {
					kind: "move",
					to: "acknowledged",
				});
			}
		});
	}
	identity.close();
	store.connection.pragma("wal_checkpoint(TRUNCATE)");
	store.close();
}
