from django.db import migrations

from dienhong.foundation.guards import guard


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [guard("records_stamp"), guard("records_settlement")]
