from django.db import migrations

from dienhong.foundation.guards import guard


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [guard("reports_blockversion"), guard("reports_seal"), guard("reports_keptvalue")]
