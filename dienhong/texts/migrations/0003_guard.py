from django.db import migrations

from dienhong.foundation.guards import guard


class Migration(migrations.Migration):
    dependencies = [("texts", "0002_search")]
    operations = [guard("texts_version"), guard("texts_provisiontext")]
