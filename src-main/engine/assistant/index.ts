export { AssistantService } from "./assistant-service.ts";
export type {
	CaseMaterial,
	MaterialField,
	MaterialRecord,
} from "./case-material.ts";
export type { ModelClaim } from "./claims.ts";
