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
const openFiles = ["src-main/engine/identity/principal.ts"];

/** They wire the engine together; the second loads each task where it lies. */
const compositionRoots = [
	"src-main/engine/engine.ts",
	"src-main/engine/compute-tasks.ts",
];

const rules: readonly Rule[] = [
	engineReachesOut,
	sharedReachesOut,
	rendererReachesOut,
	rendererTakesSchemas,
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

/** The engine module that a path belongs to; null outside, and for files directly under engine/. */
export function engineModule(path: string): string | null {
	return /^src-main\/engine\/([^/]+)\//.exec(path)?.[1] ?? null;
}
