-- Three roles without a login; logins and passwords are given by whoever runs the database, as in
--   CREATE ROLE app LOGIN PASSWORD '...' IN ROLE autonomos_writer;
-- owner   owns tables and views; sees only the tenant set as autonomos.tenant
-- writer  the job; writes for all tenants
-- reader  people and services; sees only the tenant set as autonomos.tenant
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['autonomos_owner', 'autonomos_writer', 'autonomos_reader'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL; -- another database made it just now
        END;
    END LOOP;
    IF NOT pg_has_role(current_user, 'autonomos_owner', 'SET') THEN
        EXECUTE format('GRANT autonomos_owner TO %I', current_user);
    END IF;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO autonomos_owner', current_schema());
    EXECUTE format(
        'GRANT USAGE ON SCHEMA %I TO autonomos_writer, autonomos_reader', current_schema());
END
$$;
