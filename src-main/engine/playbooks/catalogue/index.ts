import type { PlaybookCatalogue } from "../definition.ts";
import { type CatalogueOptions, FileCatalogue } from "./file-catalogue.ts";

export { connectionsExample } from "./connections/connections-example.ts";
export { lintFiles } from "./lint-files.ts";

/** The playbooks of both folders, read at the first use. Files that cannot be used are faults of the catalogue, never thrown. */
export function openCatalogue(options: CatalogueOptions): PlaybookCatalogue {
	return new FileCatalogue(options);
}
