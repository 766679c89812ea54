-- The least rights that the agent's login needs in the database of a node of Rubix v1; run there by its owner, once.
-- The login itself, on the server: CREATE ROLE tokensync LOGIN PASSWORD '...';
-- The tables fullnode_* are read only where scanner.databases has the name of a full node's database: fullnode-rubix.db.
-- A node's version may have made fewer tables, and later ones are granted by running this again.
DO $$
DECLARE
    name text;
BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO tokensync', current_database());
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO tokensync', current_schema());
    FOREACH name IN ARRAY ARRAY['tokens', 'token_type', 'token_status', 'transactions', 'fullnode_rbt', 'fullnode_ft',
            'fullnode_nft', 'fullnode_smart_contract'] LOOP
        IF to_regclass(format('%I.%I', current_schema(), name)) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO tokensync', current_schema(), name);
        END IF;
    END LOOP;
END
$$;
