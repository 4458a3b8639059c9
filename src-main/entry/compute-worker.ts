import { parentPort } from "node:worker_threads";
import { must } from "../../src-shared/domain/must.ts";
import { computeTasks } from "../engine/compute-tasks.ts";
import { cacheCompiledCode } from "./compile-cache.ts";
import { serveTasks } from "./compute/serve-tasks.ts";

cacheCompiledCode();
serveTasks(must(parentPort, "this file runs as a worker thread"), computeTasks);
