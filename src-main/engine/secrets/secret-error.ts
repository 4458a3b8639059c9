/**
 * Why a sealed secret cannot be read.
 *
 * | code | meaning | what helps |
 * |---|---|---|
 * | LOCKED | the key it was sealed with is not here | bring the key file back, or enter the secret again |
 * | TAMPERED | the sealed text was changed, or belongs to another place | enter the secret again |
 */
export type SecretErrorCode = "LOCKED" | "TAMPERED";

export class SecretError extends Error {
	readonly code: SecretErrorCode;

	constructor(code: SecretErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "SecretError";
		this.code = code;
	}
}
