from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("selection", "0007_objection_status")]

    operations = [
        migrations.AlterField(
            model_name="ranking",
            name="made_at",
            field=models.DateTimeField(db_default=Now(), editable=False, verbose_name="计算时间"),
        )
    ]
