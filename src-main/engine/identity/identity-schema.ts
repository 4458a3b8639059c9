import type { Generated } from "kysely";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { sqlBuilder } from "../store/index.ts";

/** The tables of this module; `tenant_id` is always the tenant's integer key. */
interface IdentitySchema {
	tenants: {
		key: Generated<number>;
		id: string;
		name: string;
		slug: string;
		created_at: number;
	};
	users: {
		key: Generated<number>;
		tenant_id: number;
		id: string;
		email: string;
		email_folded: string;
		full_name: string;
		/** PHC string; null for a person who cannot sign in by password. */
		password_hash: string | null;
		/** In the tenant as a whole; those in its projects are their memberships'. */
		role: Generated<Role>;
		is_local_owner: Generated<number>;
		is_active: Generated<number>;
		created_at: number;
	};
	projects: {
		key: Generated<number>;
		tenant_id: number;
		id: string;
		name: string;
		slug: string;
		description: Generated<string>;
		/** An IANA name. */
		timezone: Generated<string>;
		is_active: Generated<number>;
		created_at: number;
		updated_at: number;
	};
	memberships: {
		tenant_id: number;
		project_key: number;
		user_key: number;
		role: Role;
		joined_at: number;
	};
	api_keys: {
		key: Generated<number>;
		tenant_id: number;
		id: string;
		name: string;
		prefix: string;
		hash: string;
		created_by: string | null;
		created_at: number;
		last_used_at: number | null;
		revoked_at: number | null;
	};
	token_families: {
		id: string;
		tenant_id: number;
		user_key: number;
		expires_at: number;
		revoked_at: number | null;
	};
	refresh_tokens: {
		hash: string;
		tenant_id: number;
		family_id: string;
		project_id: string;
		expires_at: number;
		used_at: number | null;
	};
	token_denylist: { token_id: string; tenant_id: number; expires_at: number };
	tenant_settings: {
		tenant_id: number;
		four_eyes: "auto" | "on" | "off";
		changed_by: string | null;
		changed_at: number;
	};
	login_failures: {
		/** Hash of the folded address. */
		account: string;
		tenant_id: number;
		failures: number;
		/** Epoch milliseconds, as is `last_at`. */
		not_before: number;
		last_at: number;
	};
	ui_sessions: {
		hash: string;
		tenant_id: number;
		user_key: number;
		created_at: number;
		expires_at: number;
	};
}

export const sql = sqlBuilder<IdentitySchema>();
