"""All tables, gathered for migrations."""

import award.accounts.models
import award.announcing.models
import award.audit.models
import award.decisions.models
import award.demo.models
import award.jury.models
import award.kit.mail
import award.kit.queue
import award.kit.replay
import award.nominations.models
import award.programmes.models
import award.ranking.models  # noqa: F401 - importing a module registers its tables
from award.kit.models import Base

metadata = Base.metadata
