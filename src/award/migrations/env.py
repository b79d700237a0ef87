"""Alembic's entry: one connection, one transaction for all steps."""

from alembic import context

from award.migrations.metadata import metadata

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with connection.begin(), context.begin_transaction():
        context.run_migrations()
