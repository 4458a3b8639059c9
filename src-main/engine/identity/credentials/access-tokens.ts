import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Clock, Random } from "../../ports.ts";
import type { SigningKeys } from "./signing-keys.ts";

const issuer = "tocsin";
const audience = "tocsin-api";
const algorithm = "HS256";
const type = "at+jwt";
const leewaySeconds = 5;
/** Ours are about 500 characters; anything long is not one of them. */
const longest = 4_096;

const claims = z.object({
	sub: z.uuid(),
	/** The tenant's and the project's ids. */
	tid: z.uuid(),
	pid: z.uuid(),
	/** The family of refresh tokens that this token dies with. */
	fam: z.uuid(),
	jti: z.uuid(),
	exp: z.number().int(),
	iat: z.number().int(),
	nbf: z.number().int(),
});
export type AccessClaims = z.infer<typeof claims>;

export interface AccessSubject {
	readonly userId: string;
	readonly tenantId: string;
	readonly projectId: string;
	readonly familyId: string;
}

/** Signs and checks access tokens: JWTs of one pinned algorithm, whose key ids name keys of our own. */
export class AccessTokens {
	readonly #keys: SigningKeys;
	readonly #clock: Clock;
	readonly #random: Random;

	constructor(keys: SigningKeys, clock: Clock, random: Random) {
		this.#keys = keys;
		this.#clock = clock;
		this.#random = random;
	}

	async sign(subject: AccessSubject, lifetimeSeconds: number): Promise<string> {
		const key = this.#keys.newest();
		const now = Math.floor(this.#clock.now() / 1000);
		return await new SignJWT({
			tid: subject.tenantId,
			pid: subject.projectId,
			fam: subject.familyId,
		})
			.setProtectedHeader({ alg: algorithm, kid: key.id, typ: type })
			.setSubject(subject.userId)
			.setJti(this.#random.uuid())
			.setIssuer(issuer)
			.setAudience(audience)
			.setIssuedAt(now)
			.setNotBefore(now)
			.setExpirationTime(now + lifetimeSeconds)
			.sign(key.secret);
	}

	/** Answers null for anything that is not a live token of ours. */
	async verify(token: string): Promise<AccessClaims | null> {
		if (token.length > longest) return null;
		try {
			const { payload } = await jwtVerify(
				token,
				(header) => {
					const secret = this.#keys.find(header.kid ?? "");
					if (secret === undefined) throw new errors.JWKSNoMatchingKey();
					return secret;
				},
				{
					algorithms: [algorithm],
					issuer,
					audience,
					typ: type,
					requiredClaims: ["exp", "nbf", "iat", "jti", "sub"],
					clockTolerance: leewaySeconds,
					currentDate: new Date(this.#clock.now()),
				},
			);
			return claims.safeParse(payload).data ?? null;
		} catch (error) {
			if (error instanceof errors.JOSEError) return null;
			throw error;
		}
	}
}
