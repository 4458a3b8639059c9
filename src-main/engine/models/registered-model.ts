import type { ModelStage } from "./stages.ts";

/** How Tocsin came to know a model: by its registration, its predictions, or its id alone. */
export type ModelOrigin = "registered" | "observed" | "referenced";

/** A model of the registry. Times are epoch milliseconds. */
export interface RegisteredModel {
	readonly id: string;
	/** What programs call it: `model_id` of API C, the name of API D. */
	readonly key: string;
	readonly origin: ModelOrigin;
	readonly description: string;
	readonly modelType: string | null;
	readonly framework: string | null;
	readonly team: string | null;
	readonly tags: Readonly<Record<string, string>>;
	/** The version in production, or else the one that was moved last. */
	readonly currentVersion: string;
	/** The stage of the current version. */
	readonly stage: ModelStage;
	readonly createdAt: number;
	readonly updatedAt: number;
}

export interface ModelVersion {
	readonly version: string;
	readonly stage: ModelStage;
	readonly createdAt: number;
	/** When it entered its stage. */
	readonly stagedAt: number;
}

/** What a registration says of a model. */
export interface ModelRegistration {
	readonly name: string;
	readonly description?: string | undefined;
	readonly modelType?: string | undefined;
	readonly framework?: string | undefined;
	readonly tags?: Readonly<Record<string, string>> | undefined;
	/** The tag `team` when absent. */
	readonly team?: string | undefined;
}

export interface ModelFilter {
	readonly stage?: ModelStage | undefined;
	readonly framework?: string | undefined;
	readonly team?: string | undefined;
	readonly limit: number;
	readonly offset: number;
}

/** The version that every model begins with. */
export const firstVersion = "1.0.0";

const semanticVersion =
	/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** True for a version of Semantic Versioning 2.0.0 of at most 100 characters. */
export function isSemanticVersion(text: string): boolean {
	return text.length <= 100 && semanticVersion.test(text);
}
