export { type Upload, UploadRegistry } from "./upload-registry.ts";
