export type { ApiDescription, ApiName } from "./api-description.ts";
export { documentationPages } from "./docs-page.ts";
export { collectRoutes, type OpenapiDocument } from "./document.ts";
export { documentPart } from "./document-part.ts";
export {
	instantField,
	lowerUuidField,
	uuidField,
	wholeNumberParameter,
	wholeNumberText,
} from "./fields.ts";
export { redocPage } from "./redoc-page.ts";
export { type RouteRow, RouteTable, routeName } from "./route-table.ts";
export { describeRoutes, type SchemaApp, useSchemas } from "./use-schemas.ts";
export { checked, invalid } from "./validation.ts";
