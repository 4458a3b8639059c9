export { UploadRegistry } from "./upload-registry.ts";
