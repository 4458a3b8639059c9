import type { Migration } from "../migrate.ts";
import { foundation } from "./command-0001-foundation.ts";

/** The schema of `command.db`, oldest first. Never edit a released one; add another. */
export const commandMigrations: readonly Migration[] = [foundation];
