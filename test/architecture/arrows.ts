import type { Import, SourceFile } from "./source-file.ts";

/** An import that must not be, and the arrow it breaks. */
export interface Violation {
	readonly from: string;
	readonly to: string;
	readonly rule: string;
}

type Rule = (file: SourceFile, imported: Import) => string | null;

const packagesOfShared = ["zod", "@orpc/contract"];

const apiFolders = [
	"platform",
	"copilot",
	"sentryml",
	"mlservice",
	"interventions",
	"rpc",
	"ui",
];

/** Pure libraries inside a module, with an index of their own. */
const openSubmodules = [
	"src-main/engine/drift/statistics/index.ts",
	"src-main/engine/predictions/files/index.ts",
];

/** Types that every module speaks in. */
const openFiles = ["src-main/engine/identity/access/index.ts"];

/** They wire the engine together; the second loads each task where it lies. */
const compositionRoots = [
	"src-main/engine/engine.ts",
	"src-main/engine/compute-tasks.ts",
];

/** The folders of src-renderer, and what each stands on besides itself. */
const rendererGround: Readonly<Record<string, readonly string[]>> = {
	ground: [],
	transport: ["ground"],
	components: ["ground"],
	state: ["ground", "transport"],
	features: ["ground", "transport", "components", "state"],
	app: ["ground", "transport", "components", "state", "features"],
};

const rules: readonly Rule[] = [
	engineReachesOut,
	sharedReachesOut,
	rendererReachesOut,
	rendererTakesSchemas,
	rendererReachesUp,
	featureInternals,
	apiToApi,
	moduleInternals,
	electronOutside,
];

/** Every import that breaks an arrow of CONTRIBUTING.md. */
export function findViolations(files: readonly SourceFile[]): Violation[] {
	return files.flatMap((file) =>
		file.imports.flatMap((imported) =>
			rules.flatMap((rule) => {
				const broken = rule(file, imported);
				return broken === null
					? []
					: [{ from: file.path, to: imported.target, rule: broken }];
			}),
		),
	);
}

function engineReachesOut(file: SourceFile, imported: Import): string | null {
	if (!file.path.startsWith("src-main/engine/") || imported.isPackage) {
		return null;
	}
	const allowed = ["src-main/engine/", "src-shared/"];
	return allowed.some((folder) => imported.target.startsWith(folder))
		? null
		: "the engine reaches for nothing outside it but src-shared";
}

function sharedReachesOut(file: SourceFile, imported: Import): string | null {
	if (!file.path.startsWith("src-shared/")) return null;
	const allowed = imported.isPackage
		? packagesOfShared.includes(imported.target) &&
			file.path.startsWith("src-shared/contract/")
		: imported.target.startsWith("src-shared/");
	return allowed ? null : "src-shared depends on nothing outside it";
}

function rendererReachesOut(file: SourceFile, imported: Import): string | null {
	if (!file.path.startsWith("src-renderer/")) return null;
	if (imported.isPackage) {
		return imported.target.startsWith("node:") || imported.target === "electron"
			? "the renderer runs in a browser"
			: null;
	}
	const allowed = ["src-renderer/", "src-shared/"];
	return allowed.some((folder) => imported.target.startsWith(folder))
		? null
		: "the renderer knows only src-shared";
}

/** A schema library in the page would need code from text, which the page's policy forbids. */
function rendererTakesSchemas(
	file: SourceFile,
	imported: Import,
): string | null {
	const takes =
		file.path.startsWith("src-renderer/") &&
		imported.target.startsWith("src-shared/contract/") &&
		imported.target !== "src-shared/contract/desktop-bridge.ts" &&
		!imported.isTypeOnly;
	return takes ? "src-renderer takes types alone from the contract" : null;
}

function rendererReachesUp(file: SourceFile, imported: Import): string | null {
	const from = rendererFolder(file.path);
	const to = rendererFolder(imported.target);
	if (from === null || to === null || from === to) return null;
	return rendererGround[from]?.includes(to) === true
		? null
		: `in the renderer, ${from} does not stand on ${to}`;
}

function featureInternals(file: SourceFile, imported: Import): string | null {
	const owner = feature(imported.target);
	if (owner === null || owner === feature(file.path)) return null;
	return imported.target === `src-renderer/features/${owner}/index.ts`
		? null
		: "a feature is used through its index.ts only";
}

function apiToApi(file: SourceFile, imported: Import): string | null {
	const from = apiFolder(file.path);
	const to = apiFolder(imported.target);
	return from !== null && to !== null && from !== to
		? "one API folder never uses another"
		: null;
}

function moduleInternals(file: SourceFile, imported: Import): string | null {
	const { target } = imported;
	const owner = engineModule(target);
	if (owner === null || owner === engineModule(file.path)) return null;
	const isOpen =
		target === `src-main/engine/${owner}/index.ts` ||
		openSubmodules.includes(target) ||
		openFiles.includes(target) ||
		compositionRoots.includes(file.path);
	return isOpen ? null : "an engine module is used through its index.ts only";
}

function electronOutside(file: SourceFile, imported: Import): string | null {
	if (imported.target !== "electron") return null;
	const allowed =
		file.path === "src-main/entry/desktop.ts" ||
		/^src-main\/(desktop|preload)\//.test(file.path);
	return allowed
		? null
		: "only src-main/desktop, preload and entry/desktop.ts import electron";
}

function apiFolder(path: string): string | null {
	const folder = /^src-main\/http\/([^/]+)\//.exec(path)?.[1];
	return folder !== undefined && apiFolders.includes(folder) ? folder : null;
}

function rendererFolder(path: string): string | null {
	return /^src-renderer\/([^/]+)\//.exec(path)?.[1] ?? null;
}

function feature(path: string): string | null {
	return /^src-renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/**
 * Features that use each other in a circle, in the order in which they are imported: one of them
 * cannot be read, tested or taken away without the others.
 */
export function findFeatureCircles(files: readonly SourceFile[]): string[] {
	const uses = new Map<string, Set<string>>();
	for (const file of files) {
		const from = feature(file.path);
		if (from === null) continue;
		for (const { target } of file.imports) {
			const to = feature(target);
			if (to === null || to === from) continue;
			uses.set(from, (uses.get(from) ?? new Set()).add(to));
		}
	}
	const circles: string[] = [];
	const done = new Set<string>();
	function follow(name: string, trail: readonly string[]): void {
		const at = trail.indexOf(name);
		if (at >= 0) circles.push([...trail.slice(at), name].join(" -> "));
		if (at >= 0 || done.has(name)) return;
		for (const next of uses.get(name) ?? []) follow(next, [...trail, name]);
		done.add(name);
	}
	for (const name of uses.keys()) follow(name, []);
	return circles;
}

/** The engine module that a path belongs to; null outside, and for files directly under engine/. */
export function engineModule(path: string): string | null {
	return /^src-main\/engine\/([^/]+)\//.exec(path)?.[1] ?? null;
}
