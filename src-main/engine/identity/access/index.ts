/**
 * Who may act: the only values that say so. A `Member` of a tenant (a person, a program or
 * Tocsin itself) and somebody `InProject` are both a `Principal<Least>`; a function that
 * needs an engineer takes a `Principal<"engineer">`, and a read of what projects hold takes
 * a `Sight`. Other modules know these as types, so that none of them can make one:
 *
 *     rename(by: InProject<"admin">, name: string): void
 *     rename(member.in(projectId).needs("admin"), "Payments")
 *
 * `enter` is the door: what a call or a route needs stands in one table
 * (`src-shared/domain/access/`), and is asked for there and nowhere else.
 */
export { enter, type Granted } from "./enter.ts";
export type { InProject, OwnPlace } from "./in-project.ts";
export type { Member } from "./member.ts";
export type { Place } from "./place.ts";
export type { Actor, Principal, TenantRef } from "./principal.ts";
export { Sight } from "./sight.ts";
