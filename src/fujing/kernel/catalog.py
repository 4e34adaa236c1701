"""What a database really is: its schema as PostgreSQL's own catalogue tells it, to be compared with another's."""

from __future__ import annotations

from typing import Any

OURS = "n.nspname = 'public'"
QUERIES = {
    "tables": f"""
        SELECT c.relname, concat_ws(' ', c.relkind, c.relpersistence, 'rls', c.relrowsecurity, c.relforcerowsecurity)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND c.relkind IN ('r', 'p', 'S')""",
    "columns": f"""
        SELECT c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'not null' END, 'storage', a.attstorage, 'identity', a.attidentity,
            'generated', a.attgenerated, 'default', pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE {OURS} AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": f"""
        SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND k.contype <> 'n'""",
    "indexes": f"""
        SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS}""",
    "triggers": f"""
        SELECT c.relname || '.' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND NOT t.tgisinternal""",
    "functions": f"""
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) || coalesce(array_to_string(p.proacl, ' '), '')
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS} AND p.prokind IN ('f', 'p')""",
    "policies": """
        SELECT tablename || '.' || policyname, concat_ws(' ', permissive, roles::text, cmd, 'using', qual,
            'check', with_check) FROM pg_policies WHERE schemaname = 'public'""",
    "views": f"""
        SELECT c.relname, concat_ws(' ', pg_get_viewdef(c.oid), c.reloptions::text)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND c.relkind IN ('v', 'm')""",
}


def catalogue(cursor: Any) -> dict[str, dict[str, str]]:
    """Definitions by kind and name, without the order in which columns came and without the rights of roles."""
    found: dict[str, dict[str, str]] = {}
    for kind, query in QUERIES.items():
        cursor.execute(query)
        found[kind] = dict(sorted(cursor.fetchall()))
    return found


def differences(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> list[str]:
    """Each definition that only one of the two has, or that they have differently; empty when they are equal."""
    told = []
    for kind in QUERIES:
        for name in sorted({*before[kind], *after[kind]}):
            old, new = before[kind].get(name), after[kind].get(name)
            if old != new:
                told.append(f"{kind} {name}\n  - {old}\n  + {new}")
    return told
