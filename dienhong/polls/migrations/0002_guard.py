from django.db import migrations

from dienhong.foundation.guards import guard


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_initial")]
    operations = [guard("polls_ballot")]
