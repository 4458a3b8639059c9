/**
 * The registry of models: those that were registered, that sent predictions, or that somebody
 * named.
 *
 * Offers: `ModelsService`: ids and keys of models, their versions, and the moves of a version
 * from stage to stage.
 * Needs: The command store, a clock and a log.
 * Does not touch: Predictions and drift: it is told which models arrived, and knows no events
 * of theirs.
 *
 * ```ts
 * const model = models.register(by, { name: "fraud", ...registration });
 * models.versions(by.tenant, model);
 * ```
 */

export { ModelsService } from "./models-service.ts";
export type { ModelVersion, RegisteredModel } from "./registered-model.ts";
export { modelStages, stageEdges } from "./stages.ts";
