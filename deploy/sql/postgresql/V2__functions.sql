-- Puts a tenant table under row-level security and grants what each role may do.
-- FORCE makes it hold for the owner too. current_setting(..., true) is null when no tenant is set,
-- and then no row matches.
CREATE FUNCTION autonomos_protect(target regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('DROP POLICY IF EXISTS tenant_reads ON %s', target);
    EXECUTE format(
        'CREATE POLICY tenant_reads ON %s FOR SELECT TO autonomos_reader'
        ' USING (tenant = current_setting(''autonomos.tenant'', true))', target);
    EXECUTE format('DROP POLICY IF EXISTS tenant_owns ON %s', target);
    EXECUTE format(
        'CREATE POLICY tenant_owns ON %s FOR ALL TO autonomos_owner'
        ' USING (tenant = current_setting(''autonomos.tenant'', true))'
        ' WITH CHECK (tenant = current_setting(''autonomos.tenant'', true))', target);
    EXECUTE format('DROP POLICY IF EXISTS job_writes ON %s', target);
    EXECUTE format(
        'CREATE POLICY job_writes ON %s FOR ALL TO autonomos_writer'
        ' USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT SELECT ON %s TO autonomos_reader', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO autonomos_writer', target);
END
$$;
REVOKE ALL ON FUNCTION autonomos_protect(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION autonomos_protect(regclass) TO autonomos_owner;
